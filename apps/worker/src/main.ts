import { catalogue } from '../../../workflows/catalogue.ts';
import { runWorker } from './run.ts';

await runWorker({ catalogue });
