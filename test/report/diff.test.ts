import {diffReports, exposesMore} from '../../src/report/diffReports.ts';
import {readReport} from '../../src/report/readReport.ts';
import {renderDiff} from '../../src/report/renderDiff.ts';
import {renderJson} from '../../src/report/renderJson.ts';
import {renderText} from '../../src/report/renderText.ts';
import type {ReportedFunction} from '../../src/report/report.ts';
import {sampleFunction, sampleReport} from './support/sampleReport.ts';

const guard = {kind: 'wrapper', name: 'withUser', file: 'src/auth.js'} as const;
const compare = (before: ReportedFunction[], after: ReportedFunction[]) =>
  diffReports(sampleReport(before), sampleReport(after));

describe('two reports', () => {
  test('of the same functions have no difference, wherever these stand and whoever uses them', () => {
    const user = {
      file: 'src/Form.js',
      graph: 'client',
      isWhole: false,
      uses: [],
      chunks: [],
    } as const;
    const diff = compare(
      [sampleFunction('save')],
      [sampleFunction('save', {line: 90, usedBy: [{...user, uses: [], chunks: []}]})],
    );
    expect(diff).toEqual({added: [], removed: [], changed: []});
    expect(exposesMore(diff)).toBe(false);
    expect(renderDiff(diff)).toContain('the same as before');
  });

  test('tell what is newly callable and what no longer', () => {
    const diff = compare([sampleFunction('old')], [sampleFunction('fresh', {guards: [guard]})]);
    expect(diff.added.map(({name}) => name)).toEqual(['fresh']);
    expect(diff.removed.map(({name}) => name)).toEqual(['old']);
    expect(exposesMore(diff)).toBe(true);
    expect(renderDiff(diff)).toMatch(
      /Newly callable:\n {2}\+ fresh[^]*withUser from src\/auth\.js/,
    );
  });

  test.each<[string, Partial<ReportedFunction>, Partial<ReportedFunction>, boolean]>([
    ['a lost guard exposes more', {guards: [guard]}, {}, true],
    ['a new guard does not', {}, {guards: [guard]}, false],
    [
      'a guard of the same name from another file exposes more',
      {guards: [guard]},
      {guards: [{...guard, file: null}]},
      true,
    ],
    [
      'the check of one argument goes and that of another comes, more is exposed',
      {
        parameters: [
          {name: 'id', isChecked: true},
          {name: 'text', isChecked: false},
        ],
      },
      {
        parameters: [
          {name: 'id', isChecked: false},
          {name: 'text', isChecked: true},
        ],
      },
      true,
    ],
    [
      'an argument that is no longer checked exposes more',
      {parameters: [{name: 'id', isChecked: true}]},
      {parameters: [{name: 'id', isChecked: false}]},
      true,
    ],
    [
      'a captured member that is new is told, and exposes nothing',
      {captures: [{name: 'note', paths: [['id']]}]},
      {captures: [{name: 'note', paths: [['id'], ['owner']]}]},
      false,
    ],
    ['a function that nothing uses any longer is told', {}, {exposure: 'unused'}, false],
  ])('where %s', (_, before, after, isExposed) => {
    const diff = compare([sampleFunction('save', before)], [sampleFunction('save', after)]);
    expect(diff.changed.map(({after: {name}}) => name)).toEqual(['save']);
    expect(exposesMore(diff)).toBe(isExposed);
    expect(renderDiff(diff)).toContain('Changed:');
  });

  test('removing nothing but a function exposes nothing', () => {
    expect(exposesMore(compare([sampleFunction('save')], []))).toBe(false);
  });
});

describe('a report', () => {
  test('is the same after it was written and read', () => {
    const report = sampleReport([sampleFunction('save')]);
    expect(readReport(renderJson(report), 'report.json')).toEqual(report);
  });

  test.each([
    ['{', 'report.json is not JSON'],
    ['{"name": "app"}', 'is not a report'],
    ['{"version": 0, "functions": []}', 'has version 0 of the format, but this release reads 1'],
  ])('that is none is refused: %s', (text, message) => {
    expect(() => readReport(text, 'report.json')).toThrow(message);
  });

  test.each<[string, Partial<ReportedFunction>]>([
    ['a line', {line: '<b>' as unknown as number}],
    [
      'a user',
      {usedBy: [{file: 'a', graph: '<b>' as 'client', isWhole: false, uses: [], chunks: []}]},
    ],
    ['all of it', {usedBy: null as unknown as []}],
  ])('of somebody else is refused where %s is not what it must be', (_, more) => {
    const json = renderJson(sampleReport([sampleFunction('save', more)]));
    expect(() => readReport(json, 'report.json')).toThrow(
      'report.json is a report that was changed',
    );
  });

  test('counts a wrapper that validates as no guard', () => {
    const wrapped = {guards: [{...guard, name: 'validated'}], validatedBy: 'validated'};
    const text = renderText(sampleReport([sampleFunction('save', wrapped)]));
    expect(text).toContain('1 without a guard');
    expect(text).toContain('arguments  validated by validated');
  });

  test('shows no line break, color or turned text of a name in a terminal', () => {
    const text = renderText(sampleReport([sampleFunction('a\n\u001b[31mred\u202e')]));
    expect(text).toContain(String.raw`a\u{a}\u{1b}[31mred\u{202e}`);
  });
});
