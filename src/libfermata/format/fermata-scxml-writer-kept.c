/* fermata-scxml-writer-kept.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-scxml-writer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* What SCXML has and graphs have not, which the member x-scxml keeps; and what graphs
 * have and SCXML has not. */

FermataValue *
fermata_scxml_get_part (FermataValue *kept,
                        const char   *name)
{
  FermataValue *part = kept == NULL ? NULL : fermata_value_get_member (kept, name);

  return fermata_scxml_is_kind (part, FERMATA_VALUE_KIND_OBJECT) ? part : NULL;
}

FermataValue *
fermata_scxml_get_kept (FermataValue *object)
{
  return fermata_scxml_is_kind (object, FERMATA_VALUE_KIND_OBJECT) ? fermata_scxml_get_part (object, "x-scxml") : NULL;
}

const char *
fermata_scxml_get_kept_attribute (FermataValue *kept,
                                  const char   *name)
{
  return fermata_scxml_get_text (fermata_scxml_get_part (kept, "attributes"), name);
}

/* A namespace that the element itself would be taken out of. */
static gboolean
moves_element (FermataScxmlWriter *self,
               const char         *name,
               const char         *value)
{
  const char *prefix = g_str_equal (name, "xmlns") ? "" : g_str_has_prefix (name, "xmlns:") ? name + 6 : NULL;

  return prefix != NULL && g_str_equal (prefix, self->sheet->prefix) && !g_str_equal (value, FERMATA_SCXML_NAMESPACE);
}

static gboolean
has_attribute (FermataScxmlWriter *self,
               const char         *name)
{
  for (guint i = 0; i < self->attributes->len; i++)
    {
      if (g_str_equal (self->attributes->pdata[i], name))
        return TRUE;
    }

  return FALSE;
}

/* Whether something that is kept needs the declaration that is not. */
static void
note_prefix (FermataScxmlWriter *self,
             const char         *text)
{
  g_autofree char *prefix = g_strconcat (self->own_prefix, ":", NULL);

  if (strstr (text, prefix) != NULL)
    self->uses_own = TRUE;
}

/* An attribute as the document has it, unless the tag would be none any more. */
void
fermata_scxml_put_foreign (FermataScxmlWriter     *self,
                           const char             *name,
                           FermataValue           *value,
                           const FermataScxmlStep *step)
{
  const char *text = fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING) ? fermata_value_get_string (value, NULL)
                                                                             : NULL;

  if (text != NULL && has_attribute (self, name))
    return;
  if (text != NULL && fermata_scxml_is_name (name) && !moves_element (self, name, text))
    {
      note_prefix (self, name);
      fermata_scxml_put_attribute (self, name, text);
    }
  else
    fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, "x-scxml",
                                 _("“%s” cannot stand here as an attribute; it is left out"), name);
}

void
fermata_scxml_put_kept (FermataScxmlWriter     *self,
                        FermataValue           *kept,
                        const FermataScxmlStep *step)
{
  FermataValue *attributes = fermata_scxml_get_part (kept, "attributes");

  for (gsize i = 0; attributes != NULL && i < fermata_value_get_length (attributes); i++)
    fermata_scxml_put_foreign (self, fermata_value_get_member_name (attributes, i),
                               fermata_value_get_element (attributes, i), step);
}

/* Text where there is none in SCXML, escaped: in elements only. */
static gboolean
is_stray_text (FermataScxmlWriter *self,
               const char         *text)
{
  return self->level > 0 && *text != '\0' && strchr (text, '<') == NULL && strstr (text, "]]>") == NULL &&
         fermata_scxml_is_writable (text);
}

/* @in_text: between two tags, where lines and spaces would be text. */
static gboolean
is_raw (FermataScxmlWriter *self,
        const char         *text,
        gboolean            in_text)
{
  FermataScxmlMarkup found;

  if (in_text || !is_stray_text (self, text))
    {
      if (*text != '<' || text[strlen (text) - 1] != '>')
        return FALSE;
    }

  return fermata_scxml_is_markup (text, &found) && !(in_text && found.has_elements);
}

static void
put_list (FermataScxmlWriter     *self,
          FermataValue           *kept,
          const char             *name,
          gboolean                in_text,
          const FermataScxmlStep *step)
{
  FermataValue *list = kept == NULL ? NULL : fermata_value_get_member (kept, name);

  if (!fermata_scxml_is_kind (list, FERMATA_VALUE_KIND_ARRAY))
    return;

  for (gsize i = 0; i < fermata_value_get_length (list); i++)
    {
      FermataValue *raw = fermata_value_get_element (list, i);
      const char *text = fermata_scxml_is_kind (raw, FERMATA_VALUE_KIND_STRING) ? fermata_value_get_string (raw, NULL) : "";

      if (!is_raw (self, text, in_text))
        {
          fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, "x-scxml",
                                       _("an element of “%s” is no markup; it is left out"), name);
          continue;
        }
      note_prefix (self, text);
      if (!in_text)
        fermata_scxml_put_indent (self);
      g_string_append (self->text, text);
      if (!in_text)
        g_string_append_c (self->text, '\n');
    }
}

void
fermata_scxml_put_raw (FermataScxmlWriter     *self,
                       FermataValue           *kept,
                       const char             *name,
                       const FermataScxmlStep *step)
{
  put_list (self, kept, name, FALSE, step);
}

/* Comments of an element that takes text: behind it. */
void
fermata_scxml_put_raw_in_text (FermataScxmlWriter     *self,
                               FermataValue           *kept,
                               const FermataScxmlStep *step)
{
  put_list (self, kept, "inside", TRUE, step);
}

/* What SCXML has not */

/* Whether JSON would take it for something else than the text that it is. */
static gboolean
is_json (const char *text)
{
  g_autoptr (FermataValue) value = NULL;

  if (*text == '\0' || strchr ("{[\"-0123456789tfn \t\r\n", *text) == NULL)
    return FALSE;
  value = fermata_value_parse (text, -1, NULL);

  return value != NULL;
}

static char *
dup_own_text (FermataValue *value)
{
  if (fermata_scxml_is_kind (value, FERMATA_VALUE_KIND_STRING) && !is_json (fermata_value_get_string (value, NULL)))
    return g_strdup (fermata_value_get_string (value, NULL));

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

/* What a run does not look at, so that nobody misses it. */
static gboolean
means_nothing (const char *name)
{
  static const char *const names[] = { "id", "label", "description", "layout", "$schema", NULL };

  return g_strv_contains (names, name) || g_str_has_prefix (name, "x-");
}

/* What SCXML cannot say of a machine with Fermata's own data model would mean something
 * else in the machine that is read again: there it is nobody's. */
void
fermata_scxml_put_own_member (FermataScxmlWriter *self,
                              const char         *name,
                              FermataValue       *value)
{
  gboolean is_other = self->sheet->is_own && !means_nothing (name);
  g_autofree char *qualified = g_strdup_printf ("%s:%s%s", self->own_prefix, is_other ? "x-" : "", name);
  g_autofree char *text = dup_own_text (value);

  if (has_attribute (self, qualified))
    return;
  self->uses_own = TRUE;
  fermata_scxml_put_attribute (self, qualified, text);
}

void
fermata_scxml_put_own (FermataScxmlWriter *self,
                       const char         *name,
                       FermataValue       *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  fermata_scxml_put_own_start (self, name);
  g_string_append_c (self->text, '>');
  fermata_scxml_append_escaped (self->text, text, FALSE);
  g_string_append_printf (self->text, "</%s:%s>\n", self->own_prefix, name);
}

void
fermata_scxml_put_rest (FermataScxmlWriter     *self,
                        FermataValue           *object,
                        const char *const      *known,
                        const FermataScxmlStep *step)
{
  gsize n = fermata_value_get_length (object);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (object, i);
      FermataValue *value = fermata_value_get_element (object, i);

      if (g_strv_contains (known, name) ||
          (g_str_equal (name, "layout") && (self->flags & FERMATA_SCXML_WRITE_LAYOUT) == 0))
        continue;

      if (!means_nothing (name))
        fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, name,
                                     _("SCXML has no “%s” here: other programs will do without it"), name);
      if (fermata_scxml_is_name (name) && strchr (name, ':') == NULL)
        fermata_scxml_put_own_member (self, name, value);
      else
        fermata_scxml_writer_report (self, FERMATA_SEVERITY_WARNING, step, name,
                                     _("“%s” cannot be the name of an attribute; it is left out"), name);
    }
}
