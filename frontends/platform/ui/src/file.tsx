import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button } from './button.tsx';

/** Lets somebody choose files, or take a photograph where the device has a camera. */
export function FileButton({
  types,
  onChoose,
  icon,
  isPending = false,
  isDisabled = false,
  children,
}: {
  /** Media types and endings: `image/*`, `application/pdf`. */
  types: string[];
  onChoose: (files: File[]) => void;
  icon?: ReactNode;
  isPending?: boolean;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  return (
    <FileTrigger
      acceptedFileTypes={types}
      allowsMultiple
      onSelect={(chosen) => onChoose([...(chosen ?? [])])}
    >
      <Button icon={icon} isPending={isPending} isDisabled={isDisabled}>
        {children}
      </Button>
    </FileTrigger>
  );
}
