import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Change } from './contract/index.ts';

const bridge: Bridge = {
  ask: (method, input) => ipcRenderer.invoke('ringback:ask', method, input),
  listen(listener) {
    const onChange = (_event: unknown, change: Change) => listener(change);
    ipcRenderer.on('ringback:change', onChange);
    ipcRenderer.send('ringback:change');
    return () => ipcRenderer.off('ringback:change', onChange);
  },
};

contextBridge.exposeInMainWorld('ringback', bridge);
