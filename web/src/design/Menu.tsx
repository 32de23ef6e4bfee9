/** A button that opens a menu of actions; arrow keys, type-ahead and Escape come from React Aria. */
import type { ReactNode } from "react";
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Icon, type IconName } from "./Icon.tsx";

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  href?: string;
  run?: () => void;
  marked?: boolean;
}
export function Menu({
  label,
  className = "button",
  children,
  entries,
  head,
}: {
  label?: string;
  className?: string;
  children: ReactNode;
  entries: MenuEntry[];
  head?: ReactNode;
}): ReactNode {
  return (
    <MenuTrigger>
      <Button className={className} {...(label ? { "aria-label": label } : {})}>
        {children}
      </Button>
      <Popover className="popover" placement="bottom end">
        {head}
        <AriaMenu
          className="menu"
          {...(label ? { "aria-label": label } : {})}
          onAction={(key) => entries.find((entry) => entry.id === key)?.run?.()}
        >
          {entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.label}>
              {entry.icon && <Icon name={entry.icon} size={16} />}
              <span className="grow">{entry.label}</span>
              {entry.marked && <Icon name="check" size={15} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
