/** The command palette. It is loaded when it is first opened. */
export { Palette, type PaletteEntry, type PaletteSection } from './palette.tsx';
