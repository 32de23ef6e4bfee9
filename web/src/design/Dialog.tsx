/** A modal dialog with a title, a body and named buttons; Escape and a click outside close it unless work would be lost. */
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

export interface DialogProps {
  title: string;
  open: boolean;
  close: () => void;
  children: ReactNode;
  foot?: ReactNode;
  wide?: boolean;
  keep?: boolean;
}
export function Dialog({ title, open, close, children, foot, wide = false, keep = false }: DialogProps): ReactNode {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      isDismissable={!keep}
      isKeyboardDismissDisabled={keep}
    >
      <Modal className={wide ? "dialog wide" : "dialog"}>
        <AriaDialog aria-label={title}>
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
          </div>
          <div className="dialog-body">{children}</div>
          {foot && <div className="dialog-foot">{foot}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
