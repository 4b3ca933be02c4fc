import {peerProblem} from '../../src/webpack/peers.ts';

test('the installed packages of React are accepted', () => {
  expect(peerProblem()).toBeNull();
});
