"use client";
import { Choice } from "#components/Choice.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { TextInput } from "#components/TextInput.tsx";
import type { ChannelField } from "#lib/core/notice/ChannelField.ts";

export interface ChannelFieldsProps {
  readonly fields: readonly ChannelField[];
  /** What is stored, without secrets; absent for a new channel. */
  readonly stored?: Readonly<Record<string, string>>;
}

/** The settings of one kind of channel, as the kind describes them. */
export function ChannelFields({ fields, stored }: ChannelFieldsProps) {
  return fields.map((field) => {
    const name = `settings.${field.name}`;
    const value = stored ? (stored[field.name] ?? "") : (field.value ?? "");
    const keeps = field.secret && stored !== undefined;
    const shared = {
      name,
      label: field.label,
      hint: keeps ? "It is set and not shown again. Leave this empty to keep it." : field.hint,
      optional: field.optional ?? keeps,
      placeholder: field.placeholder,
    };
    if (field.input === "choice")
      return (
        <Choice
          key={name}
          name={name}
          label={field.label}
          value={value || (field.options?.[0]?.value ?? "")}
          options={field.options ?? []}
        />
      );
    if (field.input === "list")
      return <TextArea key={name} {...shared} mono rows={3} defaultValue={value} spellCheck={false} />;
    return (
      <TextInput
        key={name}
        {...shared}
        mono={field.input !== "number"}
        inputMode={field.input === "number" ? "numeric" : field.input === "url" ? "url" : undefined}
        autoComplete="off"
        spellCheck={false}
        defaultValue={value}
      />
    );
  });
}
