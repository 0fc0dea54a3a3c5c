"use client";
import { Toast } from "@base-ui/react/toast";

export const toastManager = Toast.createToastManager();

/** Says in a corner that something happened; screen readers hear it too. */
export function announce(title: string, description?: string): void {
  toastManager.add({ title, description });
}
