import { catalogue } from '../../../workflows/catalogue.ts';
import { runApi } from './run.ts';

await runApi({ catalogue });
