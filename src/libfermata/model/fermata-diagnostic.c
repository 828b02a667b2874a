/* fermata-diagnostic.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-diagnostic.h"

struct _FermataDiagnostic {
  GObject parent_instance;

  FermataSeverity severity;
  char *code;
  char *path;
  char *message;
  char *hint;
  char *related_path;
  char *node;
  char *member;
  char *file;
  guint line;
  guint column;
  gssize inner_offset;
};

G_DEFINE_FINAL_TYPE (FermataDiagnostic, fermata_diagnostic, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (FermataSeverity, fermata_severity,
                    G_DEFINE_ENUM_VALUE (FERMATA_SEVERITY_HINT, "hint"),
                    G_DEFINE_ENUM_VALUE (FERMATA_SEVERITY_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (FERMATA_SEVERITY_ERROR, "error"))

enum {
  PROP_0,
  PROP_SEVERITY,
  PROP_CODE,
  PROP_MESSAGE,
  PROP_HINT,
  PROP_PATH,
  PROP_NODE,
  PROP_MEMBER,
  PROP_FILE,
  PROP_LINE,
  PROP_COLUMN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const severity_names[] = {
  [FERMATA_SEVERITY_HINT] = "hint",
  [FERMATA_SEVERITY_WARNING] = "warning",
  [FERMATA_SEVERITY_ERROR] = "error",
};

/**
 * fermata_severity_to_string:
 * @severity: a severity
 *
 * The word for a severity, as diagnostics print it.
 *
 * Returns: (transfer none): "hint", "warning" or "error"
 */
const char *
fermata_severity_to_string (FermataSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severity_names), NULL);

  return severity_names[severity];
}

static void
fermata_diagnostic_finalize (GObject *object)
{
  FermataDiagnostic *self = FERMATA_DIAGNOSTIC (object);

  g_free (self->code);
  g_free (self->path);
  g_free (self->message);
  g_free (self->hint);
  g_free (self->related_path);
  g_free (self->node);
  g_free (self->member);
  g_free (self->file);

  G_OBJECT_CLASS (fermata_diagnostic_parent_class)->finalize (object);
}

static void
fermata_diagnostic_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  FermataDiagnostic *self = FERMATA_DIAGNOSTIC (object);

  switch (prop_id)
    {
    case PROP_SEVERITY:
      g_value_set_enum (value, self->severity);
      break;
    case PROP_CODE:
      g_value_set_string (value, self->code);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_NODE:
      g_value_set_string (value, self->node);
      break;
    case PROP_MEMBER:
      g_value_set_string (value, self->member);
      break;
    case PROP_FILE:
      g_value_set_string (value, self->file);
      break;
    case PROP_LINE:
      g_value_set_uint (value, self->line);
      break;
    case PROP_COLUMN:
      g_value_set_uint (value, self->column);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GParamSpec *
readable_string (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
fermata_diagnostic_class_init (FermataDiagnosticClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fermata_diagnostic_finalize;
  object_class->get_property = fermata_diagnostic_get_property;

  /**
   * FermataDiagnostic:severity:
   *
   * How bad it is.
   */
  properties[PROP_SEVERITY] =
    g_param_spec_enum ("severity", NULL, NULL, FERMATA_TYPE_SEVERITY, FERMATA_SEVERITY_HINT, flags);

  /**
   * FermataDiagnostic:code:
   *
   * What is wrong, in a word that never changes ("unknown-type").
   */
  properties[PROP_CODE] = readable_string ("code");

  /**
   * FermataDiagnostic:message:
   *
   * What was found and what was expected, for people.
   */
  properties[PROP_MESSAGE] = readable_string ("message");

  /**
   * FermataDiagnostic:hint:
   *
   * What to do about it, if anything is known.
   */
  properties[PROP_HINT] = readable_string ("hint");

  /**
   * FermataDiagnostic:path:
   *
   * The value meant, as a JSON Pointer from the document's root.
   */
  properties[PROP_PATH] = readable_string ("path");

  /**
   * FermataDiagnostic:node:
   *
   * The id of the node it is about, if it is about one.
   */
  properties[PROP_NODE] = readable_string ("node");

  /**
   * FermataDiagnostic:member:
   *
   * The name of the member it is about, if it is about one.
   */
  properties[PROP_MEMBER] = readable_string ("member");

  /**
   * FermataDiagnostic:file:
   *
   * The file, as a person calls it; unknown until a loader has told.
   */
  properties[PROP_FILE] = readable_string ("file");

  /**
   * FermataDiagnostic:line:
   *
   * The line, from 1; 0 while unknown.
   */
  properties[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * FermataDiagnostic:column:
   *
   * The column in characters, from 1; 0 while unknown.
   */
  properties[PROP_COLUMN] = g_param_spec_uint ("column", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_diagnostic_init (FermataDiagnostic *self)
{
  self->inner_offset = -1;
}

/**
 * fermata_diagnostic_new:
 * @severity: how bad it is
 * @code: a stable, short word: "unknown-type"
 * @path: (nullable): JSON Pointer of the value meant; `NULL` where no value
 *   could be read
 * @message: for people: what was found, what was expected
 *
 * Makes a diagnostic about the whole value at @path.
 *
 * Returns: (transfer full): a new diagnostic
 */
FermataDiagnostic *
fermata_diagnostic_new (FermataSeverity severity,
                        const char     *code,
                        const char     *path,
                        const char     *message)
{
  FermataDiagnostic *self;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  self = g_object_new (FERMATA_TYPE_DIAGNOSTIC, NULL);
  self->severity = severity;
  self->code = g_strdup (code);
  self->path = g_strdup (path);
  self->message = g_strdup (message);
  return self;
}

/**
 * fermata_diagnostic_get_severity:
 * @self: a diagnostic
 *
 * How bad it is.
 *
 * Returns: the severity
 */
FermataSeverity
fermata_diagnostic_get_severity (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), FERMATA_SEVERITY_ERROR);

  return self->severity;
}

/**
 * fermata_diagnostic_get_code:
 * @self: a diagnostic
 *
 * What is wrong, in a word that never changes.
 *
 * Returns: (transfer none): the code
 */
const char *
fermata_diagnostic_get_code (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->code;
}

/**
 * fermata_diagnostic_get_message:
 * @self: a diagnostic
 *
 * What was found and what was expected, for people.
 *
 * Returns: (transfer none): the message
 */
const char *
fermata_diagnostic_get_message (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->message;
}

/**
 * fermata_diagnostic_get_path:
 * @self: a diagnostic
 *
 * The value meant, as a JSON Pointer from the document's root.
 *
 * Returns: (transfer none) (nullable): the path, `NULL` where no value could
 *   be read
 */
const char *
fermata_diagnostic_get_path (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->path;
}

/* The setters: one field of text each. */
static void
set_text (FermataDiagnostic *self,
          char             **field,
          const char        *text,
          guint              prop)
{
  char *copy;

  if (g_strcmp0 (*field, text) == 0)
    return;
  copy = g_strdup (text);
  g_free (*field);
  *field = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/**
 * fermata_diagnostic_get_node:
 * @self: a diagnostic
 *
 * The id of the node it is about.
 *
 * Returns: (transfer none) (nullable): the id, `NULL` if it is about no node
 */
const char *
fermata_diagnostic_get_node (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->node;
}

/**
 * fermata_diagnostic_set_node:
 * @self: a diagnostic
 * @node: (nullable): the id of the node it is about
 *
 * Sets the node.
 */
void
fermata_diagnostic_set_node (FermataDiagnostic *self,
                             const char        *node)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  set_text (self, &self->node, node, PROP_NODE);
}

/**
 * fermata_diagnostic_get_member:
 * @self: a diagnostic
 *
 * The name of the member it is about.
 *
 * Returns: (transfer none) (nullable): the name, `NULL` if it is about none
 */
const char *
fermata_diagnostic_get_member (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->member;
}

/**
 * fermata_diagnostic_set_member:
 * @self: a diagnostic
 * @member: (nullable): the name of the member it is about
 *
 * Sets the member.
 */
void
fermata_diagnostic_set_member (FermataDiagnostic *self,
                               const char        *member)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  set_text (self, &self->member, member, PROP_MEMBER);
}

/**
 * fermata_diagnostic_get_hint:
 * @self: a diagnostic
 *
 * What to do about it.
 *
 * Returns: (transfer none) (nullable): the hint, `NULL` if there is none
 */
const char *
fermata_diagnostic_get_hint (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->hint;
}

/**
 * fermata_diagnostic_set_hint:
 * @self: a diagnostic
 * @hint: (nullable): what to do about it
 *
 * Sets the hint.
 */
void
fermata_diagnostic_set_hint (FermataDiagnostic *self,
                             const char        *hint)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  set_text (self, &self->hint, hint, PROP_HINT);
}

/**
 * fermata_diagnostic_get_related_path:
 * @self: a diagnostic
 *
 * What else it is about: of two things that are called the same, the first.
 *
 * Returns: (transfer none) (nullable): a JSON Pointer, `NULL` if there is
 *   nothing else
 */
const char *
fermata_diagnostic_get_related_path (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->related_path;
}

/**
 * fermata_diagnostic_set_related_path:
 * @self: a diagnostic
 * @related_path: (nullable): a JSON Pointer
 *
 * Sets what else it is about. Whoever finds out where it is in the text tells
 * so in the hint.
 */
void
fermata_diagnostic_set_related_path (FermataDiagnostic *self,
                                     const char        *related_path)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  g_free (self->related_path);
  self->related_path = g_strdup (related_path);
}

/**
 * fermata_diagnostic_get_file:
 * @self: a diagnostic
 *
 * The file it is in, as a person calls it.
 *
 * Returns: (transfer none) (nullable): the file, `NULL` while unknown
 */
const char *
fermata_diagnostic_get_file (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), NULL);

  return self->file;
}

/**
 * fermata_diagnostic_get_line:
 * @self: a diagnostic
 *
 * The line it is at.
 *
 * Returns: the line, from 1; 0 while unknown
 */
guint
fermata_diagnostic_get_line (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), 0);

  return self->line;
}

/**
 * fermata_diagnostic_get_column:
 * @self: a diagnostic
 *
 * The column it is at.
 *
 * Returns: the column in characters, from 1; 0 while unknown
 */
guint
fermata_diagnostic_get_column (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), 0);

  return self->column;
}

/**
 * fermata_diagnostic_set_position:
 * @self: a diagnostic
 * @file: (nullable): the file, as a person calls it
 * @line: the line, from 1; 0 if unknown
 * @column: the column in characters, from 1; 0 if unknown
 *
 * Sets the place in the text: the loader does, who knows the text.
 */
void
fermata_diagnostic_set_position (FermataDiagnostic *self,
                                 const char        *file,
                                 guint              line,
                                 guint              column)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  set_text (self, &self->file, file, PROP_FILE);
  if (self->line != line)
    {
      self->line = line;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
    }
  if (self->column != column)
    {
      self->column = column;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN]);
    }
}

/**
 * fermata_diagnostic_get_inner_offset:
 * @self: a diagnostic
 *
 * Which part of the value at the path is meant.
 *
 * Returns: the byte within the string there; -1: the whole value; -2: the
 *   member's name
 */
gssize
fermata_diagnostic_get_inner_offset (FermataDiagnostic *self)
{
  g_return_val_if_fail (FERMATA_IS_DIAGNOSTIC (self), -1);

  return self->inner_offset;
}

/**
 * fermata_diagnostic_set_inner_offset:
 * @self: a diagnostic
 * @inner_offset: the byte within the string at the path; -1: the whole
 *   value; -2: the member's name
 *
 * Sets which part of the value at the path is meant.
 */
void
fermata_diagnostic_set_inner_offset (FermataDiagnostic *self,
                                     gssize             inner_offset)
{
  g_return_if_fail (FERMATA_IS_DIAGNOSTIC (self));

  self->inner_offset = inner_offset;
}
