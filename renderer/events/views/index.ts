export { JumpToTime } from './jump-to-time.tsx';
export { ViewsMenu } from './views-menu.tsx';
