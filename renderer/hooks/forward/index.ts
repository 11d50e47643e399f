export { ForwardSection } from './forward-section.tsx';
