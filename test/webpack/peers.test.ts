import {isSupported, peerProblem} from '../../src/webpack/peers.ts';

describe('the installed react-server-dom-webpack', () => {
  test('is accepted', () => {
    expect(peerProblem()).toBeNull();
  });

  test.each(['19.3.1', '19.3.2', '19.10.0', '19.4.0-canary-1a2b3c'])('may be %s', (version) => {
    expect(isSupported(version)).toBe(true);
  });

  test.each(['19.3.0', '19.2.8', '19.0.0', '18.3.1', '20.0.0', '0.0.0-experimental-1a2b'])(
    'must not be %s',
    (version) => {
      expect(isSupported(version)).toBe(false);
    },
  );
});
