import {databaseVersion} from '../notes.ts';

export async function DatabaseVersion() {
  try {
    return `Kept in ${await databaseVersion()}`;
  } catch {
    return 'No database';
  }
}
