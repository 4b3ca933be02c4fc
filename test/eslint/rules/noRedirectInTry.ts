import {testRule} from '../support/lint.ts';

const IMPORT = `import {Interruption, notFound, redirect, RedirectError} from 'use-server-webpack-plugin/server';`;

/** A server function around statements. */
const save = (statements: string) => `'use server';
${IMPORT}
export async function save(form) {
  ${statements}
}`;

export function testNoRedirectInTry(): void {
  testRule('no-redirect-in-try', {
    valid: {
      'a redirect behind the try block': save(
        `try { await db.save(form); } catch { return {error: 'Not saved'}; } redirect('/');`,
      ),
      'a redirect in the catch block': save(
        `try { await db.save(form); } catch { redirect('/error'); }`,
      ),
      'a redirect in the finally block': save(
        `try { await db.save(form); } catch {} finally { redirect('/'); }`,
      ),
      'a try block without a catch': save(`try { redirect('/'); } finally { db.close(); }`),
      'a catch that lets interruptions pass': save(
        `try { redirect('/'); } catch (error) { if (error instanceof Interruption) throw error; return {error}; }`,
      ),
      'a catch that lets the very class pass': save(
        `try { redirect('/'); } catch (error) { if (error instanceof RedirectError) { throw error; } }`,
      ),
      'a catch that throws all errors again': save(
        `try { redirect('/'); } catch (error) { console.error(error); throw error; }`,
      ),
      'a catch that keeps errors of its own alone': save(
        `try { redirect('/'); } catch (error) { if (!(error instanceof DatabaseError)) throw error; return 1; }`,
      ),
      'a catch that keeps errors of a class and throws the others': save(
        `try { redirect('/'); } catch (error) { if (error instanceof DatabaseError) return 1; throw error; }`,
      ),
      'a catch with a condition that the rule cannot judge': save(
        `try { redirect('/'); } catch (error) { if (isInterruption(error)) throw error; return 1; }`,
      ),
      'a catch that calls a function which rethrows': save(
        `try { redirect('/'); } catch (error) { rethrowInterruption(error); return 1; }`,
      ),
      'a rejected promise in place of a throw': save(
        `try { redirect('/'); } catch (error) { return Promise.reject(error); }`,
      ),
      'a redirect in a function inside of the try block': save(
        `try { later = () => redirect('/'); } catch { return 1; }`,
      ),
      'a function of this name from elsewhere': `import {redirect} from 'next/navigation';
try { redirect('/'); } catch {}`,
      'a function of this name that hides the import': save(
        `const go = (redirect) => { try { redirect('/'); } catch {} };`,
      ),
    },
    invalid: {
      'a catch that goes on': [
        save(
          `try { redirect(await db.save(form)); } catch (error) { return {error: 'Not saved'}; }`,
        ),
        'redirect(await db.save(form))',
      ],
      'a catch without a name for the error': [
        save(`try { notFound(); } catch { return 1; }`),
        'notFound()',
      ],
      'a catch that takes the error apart': [
        save(`try { redirect('/'); } catch ({message}) { throw new Error(message); }`),
        `redirect('/')`,
      ],
      'a catch that throws another error': [
        save(`try { redirect('/'); } catch (cause) { throw new Error('Not saved', {cause}); }`),
        `redirect('/')`,
      ],
      'a catch that throws errors of another class again': [
        save(`try { notFound(); } catch (e) { if (e instanceof RedirectError) throw e; }`),
        'notFound()',
      ],
      'a catch in which only a function throws': [
        save(`try { redirect('/'); } catch (error) { retry(() => { throw error; }); }`),
        `redirect('/')`,
      ],
      'an outer catch behind one that rethrows': [
        save(`try { try { redirect('/'); } catch (e) { throw e; } } catch { return 1; }`),
        `redirect('/')`,
      ],
      'a redirect in a branch': [
        save(
          `try { if (form) { redirect('/a'); } else { redirect('/b'); } } catch (e) { log(e); }`,
        ),
        `redirect('/a')`,
        `redirect('/b')`,
      ],
      'an import under another name, and a namespace': [
        `import {redirect as go} from 'use-server-webpack-plugin/server';
import * as server from 'use-server-webpack-plugin/server';
export const save = async () => { 'use server'; try { go('/'); server.notFound(); } catch {} };`,
        `go('/')`,
        'server.notFound()',
      ],
      'a require': [
        `const {redirect: go} = require('use-server-webpack-plugin/server');
const server = require('use-server-webpack-plugin/server');
exports.save = async () => { 'use server'; try { go('/'); server.notFound(); } catch {} };`,
        `go('/')`,
        'server.notFound()',
      ],
    },
  });
}
