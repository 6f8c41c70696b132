import { prepareBundle } from '../../scripts/prepare.mjs';
import setup from './global-setup.mjs';

/** For the stories: bundled when their sources changed, then as ever. */
export default async function setupStories() {
  prepareBundle();
  await setup();
}
