import { prepare } from '../../scripts/prepare.mjs';
import setup from './global-setup.mjs';

/** For the rings that run the product as it is shipped: builds dist/ when its sources changed, then as ever. */
export default async function setupBuilt() {
  prepare();
  await setup();
}
