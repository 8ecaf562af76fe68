/** The components of every frontend. */
import './tokens.css';
import './base.css';

export { Avatar, Badge, Status, type Tone } from './badge.tsx';
export { Button, type ButtonTone, IconButton, Link, LinkButton } from './button.tsx';
export { Card, Facts, Figure, Why } from './card.tsx';
export { Checkbox, FilterBar, RadioGroup, Switch } from './choice.tsx';
export { classes } from './classes.ts';
export { Actions, Confirm, Dialog, Popup } from './dialog.tsx';
export { FieldHelp, FieldLabel, SearchField, TextField } from './field.tsx';
export { FileButton } from './file.tsx';
export { FieldRow, Form, type FormProblems, type Refusal, useProblems } from './form.tsx';
export * as format from './format.ts';
export { graphKey, refresh, useChange, useGraph, useGraphPages, useLive } from './graph.ts';
export { type Command, isTyping, useCommands } from './keys.ts';
export { LinkList, More, PlainList, Row } from './list.tsx';
export { Masked } from './masked.tsx';
export { Menu, type MenuEntry } from './menu.tsx';
export { Banner, Columns, Line, Page, Stack } from './page.tsx';
export { defineFrontend, FrontendRoot, useSearch, useShellLocation, useSlotProps } from './root.tsx';
export { useScale } from './scale.ts';
export { type Option, Select } from './select.tsx';
export { Slot } from './slot.tsx';
export { Empty, Failed, Loaded, Skeleton, useLate } from './states.tsx';
export { type Column, Table } from './table.tsx';
export { Tabs, type TabView } from './tabs.tsx';
export { TextProvider, type Texts, type Translate, useTexts, type Values } from './text.tsx';
export { Hint } from './tooltip.tsx';
