/* fermata-app-bad-file.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-bad-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many are shown, and of a line so much around the place. */
#define MOST_SHOWN 100
#define MOST_CHARS 60

struct _FermataAppBadFile {
  AdwBin parent_instance;

  GFile *file;
  GtkLabel *title;
  GtkLabel *path;
  GtkBox *list;
};

G_DEFINE_FINAL_TYPE (FermataAppBadFile, fermata_app_bad_file, ADW_TYPE_BIN)

/* --- Lines ------------------------------------------------------------------- */

/* Walks through a text; diagnostics come in its order. */
typedef struct {
  const char *text;
  const char *end;
  const char *at;         /* where @line begins */
  guint line;
} Search;

static gboolean
find_line (Search *self,
           guint   line)
{
  if (line < self->line)
    {
      self->line = 1;
      self->at = self->text;
    }
  while (self->line < line)
    {
      const char *next = memchr (self->at, '\n', self->end - self->at);

      if (next == NULL)
        return FALSE;
      self->at = next + 1;
      self->line++;
    }

  return self->at != NULL;
}

static const char *
next_char (const char *p,
           const char *end)
{
  const char *next = g_utf8_find_next_char (p, end);

  return next != NULL ? next : end;
}

/* One character a column, whatever it is: tabs and control characters are spaces. */
static void
append_clean (GString    *page,
              const char *from,
              const char *to)
{
  g_autofree char *valid = g_utf8_make_valid (from, to - from);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (page, g_unichar_isprint (c) && !g_unichar_iswide (c) ? c : ' ');
    }
}

/* The line and a caret below the place, cut to what is near it (transfer full,
 * nullable). */
static char *
dup_excerpt (Search *search,
             guint   line,
             guint   column)
{
  g_autoptr (GString) page = NULL;
  const char *end, *place, *from, *to;
  guint before = 0;

  if (line == 0 || !find_line (search, line))
    return NULL;

  end = memchr (search->at, '\n', search->end - search->at);
  if (end == NULL)
    end = search->end;
  place = search->at;
  for (guint i = 1; i < column && place < end; i++)
    place = next_char (place, end);
  for (from = place; before < MOST_CHARS && from > search->at; before++)
    from = g_utf8_find_prev_char (search->at, from);
  to = place;
  for (guint i = 0; i < MOST_CHARS && to < end; i++)
    to = next_char (to, end);

  page = g_string_new (from > search->at ? "…" : NULL);
  append_clean (page, from, to);
  g_string_append_printf (page, "%s\n%*s^", to < end ? "…" : "", (int) before + (from > search->at), "");

  return g_string_free (g_steal_pointer (&page), FALSE);
}

/* --- What is shown ----------------------------------------------------------- */

static GtkWidget *
add_label (GtkBox     *box,
           const char *text,
           const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);

  return label;
}

static void
add_excerpt (GtkBox     *box,
             const char *excerpt)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (excerpt);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "excerpt");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_box_append (box, scrolled);
}

static char *
dup_place (FermataDiagnostic *diagnostic)
{
  guint line = fermata_diagnostic_get_line (diagnostic);
  guint column = fermata_diagnostic_get_column (diagnostic);
  const char *node = fermata_diagnostic_get_node (diagnostic);

  if (line == 0)
    return g_strdup (fermata_diagnostic_get_path (diagnostic));
  if (node != NULL)
    return g_strdup_printf (_("Line %u, column %u · %s"), line, column, node);

  return g_strdup_printf (_("Line %u, column %u"), line, column);
}

static void
add_diagnostic (FermataAppBadFile *self,
                FermataDiagnostic *diagnostic,
                Search            *search)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gboolean is_error = fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR;
  const char *hint = fermata_diagnostic_get_hint (diagnostic);
  g_autofree char *place = dup_place (diagnostic);
  g_autofree char *excerpt = NULL;

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "diagnostic");
  if (place != NULL)
    gtk_widget_add_css_class (add_label (GTK_BOX (box), place, "caption-heading"), is_error ? "error" : "warning");
  add_label (GTK_BOX (box), fermata_diagnostic_get_message (diagnostic), "body");
  if (search->text != NULL)
    excerpt = dup_excerpt (search, fermata_diagnostic_get_line (diagnostic),
                           fermata_diagnostic_get_column (diagnostic));
  if (excerpt != NULL)
    add_excerpt (GTK_BOX (box), excerpt);
  if (hint != NULL)
    add_label (GTK_BOX (box), hint, "dim-label");
  gtk_box_append (self->list, box);
}

static void
add_all (FermataAppBadFile *self,
         GBytes            *text,
         GListModel        *diagnostics)
{
  guint n = g_list_model_get_n_items (diagnostics);
  Search search = { NULL, };
  gsize length = 0;

  if (text != NULL)
    search.text = search.at = g_bytes_get_data (text, &length);
  search.end = search.text + length;
  search.line = 1;
  for (guint i = 0; i < MIN (n, MOST_SHOWN); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);

      add_diagnostic (self, diagnostic, &search);
    }
  if (n > MOST_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_("And %u more"), n - MOST_SHOWN);

      add_label (self->list, more, "dim-label");
    }
}

/* --- The widget -------------------------------------------------------------- */

static void
fermata_app_bad_file_dispose (GObject *object)
{
  FermataAppBadFile *self = FERMATA_APP_BAD_FILE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (fermata_app_bad_file_parent_class)->dispose (object);
}

static void
fermata_app_bad_file_class_init (FermataAppBadFileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_bad_file_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-bad-file.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppBadFile, title);
  gtk_widget_class_bind_template_child (widget_class, FermataAppBadFile, path);
  gtk_widget_class_bind_template_child (widget_class, FermataAppBadFile, list);
}

static void
fermata_app_bad_file_init (FermataAppBadFile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fermata_app_bad_file_new (GFile      *file,
                          GBytes     *text,
                          GListModel *diagnostics,
                          const char *message)
{
  FermataAppBadFile *self = g_object_new (FERMATA_TYPE_APP_BAD_FILE, NULL);
  g_autofree char *path = g_file_get_parse_name (file);

  self->file = g_object_ref (file);
  gtk_label_set_label (self->title, text == NULL ? _("This file could not be read") : _("This is not a graph"));
  gtk_label_set_label (self->path, path);
  if (g_list_model_get_n_items (diagnostics) == 0)
    add_label (self->list, message, "body");
  add_all (self, text, diagnostics);

  return GTK_WIDGET (self);
}

GFile *
fermata_app_bad_file_get_file (FermataAppBadFile *self)
{
  return self->file;
}
