import './scale.css';
import { useLayoutEffect } from 'react';

/**
 * Makes everything on the page as large as its place asks, while the component is shown: 16 px and 44 px controls in the
 * hand, 22 px and 68 px controls at a kiosk. Dialogs and menus follow.
 */
export function useScale(scale: 'hand' | 'kiosk'): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.scale = scale;
    return () => {
      delete dataset.scale;
    };
  }, [scale]);
}
