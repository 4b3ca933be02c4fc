import {defaultKeymap, history, historyKeymap, indentWithTab} from '@codemirror/commands';
import {javascript} from '@codemirror/lang-javascript';
import {bracketMatching, indentOnInput, indentUnit, syntaxHighlighting} from '@codemirror/language';
import {setDiagnostics} from '@codemirror/lint';
import {Annotation, Compartment} from '@codemirror/state';
import {drawSelection, EditorView, keymap, lineNumbers} from '@codemirror/view';
import {classHighlighter} from '@lezer/highlight';
import type {Diagnostic, Location, Position} from 'use-server-webpack-plugin/transform';

/** The editor of one module. */
export interface Editor {
  /** Replaces the text, and forgets what could be undone. */
  open(source: string, file: string): void;
  mark(diagnostics: readonly Diagnostic[]): void;
  /** Selects a place and brings it into view. */
  select(location: Location): void;
}

/** Of changes that no person has typed. */
const opened = Annotation.define<boolean>();

/**
 * @param parent gets the editor
 * @param onChange is told the text when a person has changed it
 */
export function createEditor(parent: Element, onChange: (source: string) => void): Editor {
  const language = new Compartment();
  const undo = new Compartment();
  const view = new EditorView({
    parent,
    extensions: [
      lineNumbers(),
      undo.of(history()),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of('  '),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      language.of(javascript()),
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': 'Source of the module',
        'aria-describedby': 'editor-keys',
        tabindex: '0',
      }),
      EditorView.updateListener.of(({docChanged, state, transactions}) => {
        if (docChanged && transactions.some((change) => change.annotation(opened) === undefined)) {
          onChange(state.doc.toString());
        }
      }),
    ],
  });
  const offsetOf = ({line, column}: Position) => {
    const {doc} = view.state;
    const {from, length} = doc.line(Math.min(line, doc.lines));
    return from + Math.min(column, length);
  };
  return {
    open(source, file) {
      view.dispatch({
        changes: {from: 0, to: view.state.doc.length, insert: source},
        effects: [language.reconfigure(languageOf(file)), undo.reconfigure([])],
        annotations: opened.of(true),
      });
      view.dispatch({effects: undo.reconfigure(history())});
    },
    mark(diagnostics) {
      const marks = diagnostics.map(({loc, severity, message}) => {
        const from = offsetOf(loc.start);
        return {from, to: Math.max(from, offsetOf(loc.end)), severity, message};
      });
      view.dispatch(setDiagnostics(view.state, marks));
    },
    select({start, end}) {
      view.dispatch({
        selection: {anchor: offsetOf(start), head: offsetOf(end)},
        scrollIntoView: true,
      });
      view.focus();
    },
  };
}

function languageOf(file: string) {
  return javascript({typescript: /\.[mc]?tsx?$/.test(file), jsx: !/\.[mc]?ts$/.test(file)});
}
