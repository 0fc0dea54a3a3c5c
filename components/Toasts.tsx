"use client";
import { Toast } from "@base-ui/react/toast";
import { toastManager } from "./toasts.ts";

/** The corner where toasts appear. Once, in the shell. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toastManager} timeout={6000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          className="fixed right-4 bottom-4 z-50 flex w-[min(340px,calc(100vw-2rem))] flex-col gap-2"
          data-screen-only=""
        >
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised px-3.5 py-2.5 shadow-float transition-opacity data-[ending-style]:opacity-0 data-[limited]:hidden data-[starting-style]:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium" render={<p />} />
          <Toast.Description className="text-sm text-ink-2" />
        </div>
        <Toast.Close className="rounded-sm text-sm text-ink-3 hover:text-ink">Dismiss</Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
