import { useTexts } from '@app/ui';
import type texts from '../locales/en.json';

/** The texts of the shell. */
export const useText = useTexts<keyof typeof texts>;
