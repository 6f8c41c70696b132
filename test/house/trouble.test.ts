import { settingsOf } from '../../scripts/start/settings.mjs';
import { explain, Trouble } from '../../scripts/trouble.mjs';

describe('what goes wrong on somebody’s machine is told as one sentence with the way out', () => {
  test.each([
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), '磁盘已满（/data）：请腾出空间后重试'],
    ['a full disk under PostgreSQL', new Error('initdb: error: could not write: No space left on device'), '磁盘已满（/data）'],
    ['a full disk under npm', { message: 'npm error code ENOSPC' }, '磁盘已满（/data）'],
    ['a read-only disk', Object.assign(new Error('mkdir'), { code: 'EROFS', path: '/data/logs' }), '无法写入 /data：请检查权限'],
    ['a folder of somebody else', Object.assign(new Error('open'), { code: 'EACCES', path: '/home/x' }), '无法写入 /home/x'],
  ])('%s', (_title, error, sentence) => {
    const told = explain(error, '/data');
    expect(told).toBeInstanceOf(Trouble);
    expect((told as Error).message).toContain(sentence);
    expect((told as Error).message.split('\n')).toHaveLength(2);
  });

  test('a bug stays a bug', () => {
    const bug = new TypeError('x is not a function');
    expect(explain(bug, '/data')).toBe(bug);
  });

  test.each([
    [{ PORT: 'http' }, 'PORT=http 不是有效的端口'],
    [{ PORT: '70000' }, 'PORT=70000 不是有效的端口'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL 应形如'],
    [{ TEMPORAL_ADDRESS: 'temporal' }, 'TEMPORAL_ADDRESS 应形如'],
  ])('a setting that cannot be: %j', (env, sentence) => {
    expect(() => settingsOf(env, '/srv')).toThrow(sentence);
  });

  test('settings that are not given are the embedded ones, in the data folder', () => {
    const settings = settingsOf({ PORT: '', DATA_DIR: '' }, '/srv');
    expect(settings).toMatchObject({ data: '/srv/.data', keys: '/srv/.data/keys', port: 3000, database: undefined, temporal: undefined });
    expect(settings.namespace).toBe('default');
  });
});
