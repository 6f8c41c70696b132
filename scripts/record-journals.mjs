// npm run journals: records the histories anew that every later version of a story must replay.
process.env.RECORD_JOURNALS = '1';
process.argv.push('journals.story.spec.ts');
await import('./test.mjs');
