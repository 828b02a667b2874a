/* fermata-app-text-field.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-text-field.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

struct _FermataAppTextField {
  FermataAppField parent_instance;

  GtkEntry *entry;       /* one of both */
  GtkSourceView *view;
  GtkWidget *placeholder; /* of the view; nullable */
  gboolean is_showing;
  gboolean is_cut;       /* what is shown is but the beginning */
};

G_DEFINE_FINAL_TYPE (FermataAppTextField, fermata_app_text_field, FERMATA_TYPE_APP_FIELD)

static char *
dup_text (FermataAppTextField *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (self->entry != NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Not for a machine, or for one that is not known. */
static gboolean
is_plain (const FermataAppMember *member)
{
  return member->form == FERMATA_APP_FORM_PROSE || member->form == FERMATA_APP_FORM_TEXT ||
         member->form == FERMATA_APP_FORM_NAMES;
}

static void
follow_style (GtkSourceBuffer *buffer)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (
                                                schemes, is_dark ? "Adwaita-dark" : "Adwaita"));
}

static GtkSourceBuffer *
new_buffer (void)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);

  gtk_source_buffer_set_highlight_matching_brackets (buffer, TRUE);
  follow_style (buffer);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow_style), buffer,
                           G_CONNECT_SWAPPED);

  return buffer;
}

/* A text is no JSON, and would look like one with mistakes. */
static const char *
get_language (const FermataAppMember *member,
              const char             *text)
{
  text += strspn (text, " \n");
  if (member->form == FERMATA_APP_FORM_CODE)
    return "js";
  if (is_plain (member) || g_str_has_prefix (text, "{{"))
    return NULL;
  if (text[0] == '[' || text[0] == '{')
    return "json";

  return member->form == FERMATA_APP_FORM_ASSIGN || member->form == FERMATA_APP_FORM_DECLARATIONS ? "js" : NULL;
}

static void
highlight (FermataAppTextField *self,
           const char          *text)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  const char *name = get_language (fermata_app_field_get_member (FERMATA_APP_FIELD (self)), text);
  GtkSourceLanguage *language;

  if (self->view == NULL)
    return;
  if (self->placeholder != NULL)
    gtk_widget_set_visible (self->placeholder, text[0] == '\0');

  language = name != NULL ? gtk_source_language_manager_get_language (languages, name) : NULL;
  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view))), language);
}

static void
check_expressions (FermataAppTextField *self,
                   FermataValue        *value)
{
  FermataAppField *field = FERMATA_APP_FIELD (self);
  FermataEngine *engine = fermata_app_document_get_engine (fermata_app_field_get_document (field));
  g_autofree char *problem = fermata_app_member_dup_problem (fermata_app_field_get_member (field),
                                                             fermata_engine_get_evaluator (engine), value);

  fermata_app_field_set_problem (field, problem);
}

/* What is no value yet stays in the field alone; a text with a mistake in it is
 * a value, and kept in the document. */
static void
commit (FermataAppTextField *self)
{
  FermataAppField *field = FERMATA_APP_FIELD (self);
  g_autofree char *text = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_cut)
    return;
  text = dup_text (self);

  highlight (self, text);
  if (!fermata_app_member_parse (fermata_app_field_get_member (field), text, &value, &error))
    {
      g_autofree char *message = fermata_app_member_dup_message (error->message);

      fermata_app_field_set_problem (field, message);
    }
  else if (fermata_app_field_commit (field, value))
    check_expressions (self, value);
}

static void
changed (FermataAppTextField *self)
{
  if (self->is_showing)
    return;

  if (fermata_app_field_get_member (FERMATA_APP_FIELD (self))->waits)
    fermata_app_field_set_problem (FERMATA_APP_FIELD (self), NULL);
  else
    commit (self);
}

static void
left (FermataAppTextField *self)
{
  if (fermata_app_field_get_member (FERMATA_APP_FIELD (self))->waits)
    commit (self);
  fermata_app_field_finish (FERMATA_APP_FIELD (self));
}

static void
watch_focus (FermataAppTextField *self,
             GtkWidget           *control)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (control, focus);
}

static GtkWidget *
build_entry (FermataAppTextField    *self,
             const FermataAppMember *member)
{
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, member->placeholder != NULL ? _(member->placeholder) : NULL);
  if (!is_plain (member))
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "monospace");
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (left), self, G_CONNECT_SWAPPED);
  watch_focus (self, GTK_WIDGET (self->entry));

  return GTK_WIDGET (self->entry);
}

#define MIN_HEIGHT 34
#define MAX_HEIGHT 260

static gboolean
fit_now (gpointer user_data)
{
  GtkScrolledWindow *scrolled = user_data;
  double height = gtk_adjustment_get_upper (gtk_scrolled_window_get_vadjustment (scrolled));

  gtk_scrolled_window_set_min_content_height (scrolled, MIN (height, MAX_HEIGHT));

  return G_SOURCE_REMOVE;
}

/* As high as its text. That is only known when the text is laid out, when it is
 * too late to want another height: so it is wanted afterwards. */
static void
fit (GtkScrolledWindow *scrolled)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_now, g_object_ref (scrolled), g_object_unref);
}

/* A text view has none of its own. */
static GtkWidget *
add_placeholder (FermataAppTextField *self,
                 GtkWidget           *scrolled,
                 const char          *text)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->placeholder = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->placeholder), PANGO_ELLIPSIZE_END);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->placeholder, 8);
  gtk_widget_set_margin_start (self->placeholder, 9);
  gtk_widget_set_margin_end (self->placeholder, 9);
  gtk_widget_add_css_class (self->placeholder, "dim-label");
  if (gtk_text_view_get_monospace (GTK_TEXT_VIEW (self->view)))
    gtk_widget_add_css_class (self->placeholder, "monospace");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->placeholder);

  return overlay;
}

/* Tab leads on to the next field, as in a line. */
static GtkWidget *
build_view (FermataAppTextField    *self,
            const FermataAppMember *member)
{
  g_autoptr (GtkSourceBuffer) buffer = new_buffer ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *control;

  self->view = GTK_SOURCE_VIEW (gtk_source_view_new_with_buffer (buffer));
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), member->form != FERMATA_APP_FORM_PROSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->view), 9);
  gtk_source_view_set_auto_indent (self->view, TRUE);
  gtk_source_view_set_indent_width (self->view, 2);
  gtk_source_view_set_insert_spaces_instead_of_tabs (self->view, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN_HEIGHT);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), "notify::upper",
                           G_CALLBACK (fit), scrolled, G_CONNECT_SWAPPED);
  control = member->placeholder != NULL ? add_placeholder (self, scrolled, _(member->placeholder)) : scrolled;
  gtk_widget_add_css_class (control, "field-lines");
  if (member->form == FERMATA_APP_FORM_CODE || member->form == FERMATA_APP_FORM_TEXT)
    gtk_widget_add_css_class (control, "code");
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  watch_focus (self, GTK_WIDGET (self->view));
  fermata_app_field_set_input (FERMATA_APP_FIELD (self), GTK_WIDGET (self->view));

  return control;
}

static GtkWidget *
fermata_app_text_field_build (FermataAppField *field)
{
  FermataAppTextField *self = FERMATA_APP_TEXT_FIELD (field);
  const FermataAppMember *member = fermata_app_field_get_member (field);

  if (member->control == FERMATA_APP_CONTROL_ENTRY)
    return build_entry (self, member);

  return build_view (self, member);
}

static void
set_text (FermataAppTextField *self,
          const char          *text)
{
  GtkTextBuffer *buffer;

  if (self->entry != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      return;
    }

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

#define MAX_TEXT 200000
#define MAX_LINE 20000

/* GTK takes minutes and gigabytes to lay out texts of megabytes, and long lines:
 * only the beginning of those is shown, to look at. */
static void
cut (FermataAppTextField *self,
     char                *text)
{
  gsize length = strnlen (text, MAX_TEXT);
  gsize line = 0;
  gsize end = 0;

  while (end < length && line < MAX_LINE)
    line = text[end++] == '\n' ? 0 : line + 1;
  self->is_cut = text[end] != '\0';
  if (self->is_cut)
    memcpy (g_utf8_find_prev_char (text, text + end - 3), "…", sizeof "…");
  if (self->view != NULL)
    gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), !self->is_cut);
  else
    gtk_editable_set_editable (GTK_EDITABLE (self->entry), !self->is_cut);
}

static void
fermata_app_text_field_show (FermataAppField *field,
                             FermataValue    *value)
{
  FermataAppTextField *self = FERMATA_APP_TEXT_FIELD (field);
  g_autofree char *text = fermata_app_member_dup_text (fermata_app_field_get_member (field), value);

  cut (self, text);
  self->is_showing = TRUE;
  set_text (self, text);
  highlight (self, text);
  self->is_showing = FALSE;
  if (self->is_cut)
    fermata_app_field_set_problem (FERMATA_APP_FIELD (self), _("This is too long to be changed here"));
  else
    check_expressions (self, value);
}

static void
fermata_app_text_field_class_init (FermataAppTextFieldClass *klass)
{
  FERMATA_APP_FIELD_CLASS (klass)->build = fermata_app_text_field_build;
  FERMATA_APP_FIELD_CLASS (klass)->show = fermata_app_text_field_show;
}

static void
fermata_app_text_field_init (FermataAppTextField *self)
{
}
