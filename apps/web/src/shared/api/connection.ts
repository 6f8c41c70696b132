/** Whether the last request reached the server: the header's mark, and a hint that a list may be old. */
type Listener = () => void;

const listeners = new Set<Listener>();
let state = { up: true, since: Date.now() };

function set(up: boolean): void {
  if (state.up === up && Date.now() - state.since < 1000) return;
  state = { up, since: Date.now() };
  for (const listener of listeners) listener();
}

export const connection = {
  made: () => set(true),
  lost: () => set(false),
  read: () => state,
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
