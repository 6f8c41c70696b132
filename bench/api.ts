import { runApi } from '../apps/api/src/run.ts';
import { catalogue } from './catalogue.ts';
import { watchStatements } from './statements.ts';

watchStatements('api');
await runApi({ catalogue });
