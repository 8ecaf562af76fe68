import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// React Aria makes one style element for touch. Its text is hashed, so that the policy of the page lets it through.
function ariaStyles() {
  const packageFile = createRequire(import.meta.url).resolve('react-aria/package.json');
  const text = readFileSync(
    packageFile.replace('package.json', 'dist/private/interactions/usePress.mjs'),
    'utf8',
  );
  const style = text.match(/style\.textContent = `([^`]+)`/)?.[1];
  const attribute = text.match(/PRESSABLE_ATTRIBUTE = '([\w-]+)'/)?.[1];
  if (!style || !attribute)
    throw new Error('react-aria makes its style element otherwise: look again what it needs');
  return [style.replaceAll(/\$\{\S+?PRESSABLE_ATTRIBUTE\}/g, attribute).trim()];
}

export default {
  kind: 'shared',
  name: 'ui',
  entries: {
    ui: 'src/index.ts',
    'ui-date': 'src/date/index.ts',
    'ui-grid': 'src/grid/index.ts',
    'ui-charts': 'src/charts/index.ts',
    'ui-palette': 'src/palette/index.ts',
    wouter: 'src/vendor/wouter.ts',
  },
  provides: {
    '@app/ui': 'ui',
    '@app/ui/date': 'ui-date',
    '@app/ui/grid': 'ui-grid',
    '@app/ui/charts': 'ui-charts',
    '@app/ui/palette': 'ui-palette',
    wouter: 'wouter',
  },
  styles: ariaStyles,
};
