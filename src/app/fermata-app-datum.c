/* fermata-app-datum.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-datum.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of a text so many characters are shown in a line. */
#define MOST_CHARS 120

enum {
  PROP_0,
  PROP_NAME,
  PROP_TEXT,
  PROP_WRITER,
  PROP_CHANGED,
  PROP_EDITABLE,
  N_PROPS,
};

/*
 * Invariant: @children has exactly the rows that somebody holds, by index; each
 * takes itself out when it is finalized. @parent is not referenced, and NULL once
 * it is gone.
 */
struct _FermataAppDatum {
  GObject parent_instance;

  char *name;
  FermataValue *value;
  guint64 writer;
  guint changed : 1;
  guint editable : 1;
  guint canonical : 1;

  FermataAppDatum *parent;
  guint index;
  GHashTable *children;
};

static GParamSpec *properties[N_PROPS];

/* What canonical values have that JSON has not; NULL if it is not of these. */
static char *
dup_tagged (FermataValue *value)
{
  FermataValue *content = NULL;
  const char *tag = value == NULL ? NULL : fermata_canonical_get_tag (value, &content);

  if (tag == NULL || g_str_equal (tag, "$frozen"))
    return NULL;
  if (g_str_equal (tag, "$undefined"))
    return g_strdup ("undefined");

  return g_strconcat (fermata_value_get_string (content, NULL), g_str_equal (tag, "$bigint") ? "n" : NULL, NULL);
}

static guint
n_children (FermataAppDatum *self,
            FermataValue    *value)
{
  g_autofree char *tagged = self->canonical ? dup_tagged (value) : NULL;

  if (tagged != NULL || value == NULL || (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY
                        && fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT))
    return 0;

  return MIN (fermata_value_get_length (value), G_MAXUINT - 1);
}

static gboolean
is_object (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

static char *
name_of_child (FermataValue *value,
               guint         index)
{
  return is_object (value) ? g_strdup (fermata_value_get_member_name (value, index))
                           : g_strdup_printf ("%u", index);
}

/* The list model */

static GType
get_item_type (GListModel *model)
{
  return FERMATA_TYPE_APP_DATUM;
}

static guint
get_n_items (GListModel *model)
{
  FermataAppDatum *self = FERMATA_APP_DATUM (model);

  return n_children (self, self->value);
}

static FermataValue *
value_of_child (FermataValue *value,
                guint         index)
{
  return is_object (value)
         ? fermata_value_get_member (value, fermata_value_get_member_name (value, index))
         : fermata_value_get_element (value, index);
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  FermataAppDatum *self = FERMATA_APP_DATUM (model);
  FermataAppDatum *child;

  if (position >= get_n_items (model))
    return NULL;

  child = g_hash_table_lookup (self->children, GUINT_TO_POINTER (position));
  if (child != NULL)
    return g_object_ref (child);

  child = g_object_new (FERMATA_TYPE_APP_DATUM, NULL);
  child->name = name_of_child (self->value, position);
  child->value = fermata_value_ref (value_of_child (self->value, position));
  child->editable = self->editable;
  child->canonical = self->canonical;
  child->parent = self;
  child->index = position;
  g_hash_table_insert (self->children, GUINT_TO_POINTER (position), child);

  return child;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataAppDatum, fermata_app_datum, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The object */

static char *
dup_text (FermataAppDatum *self)
{
  g_autofree char *text = NULL;
  guint n = n_children (self, self->value);

  if (self->value == NULL)
    return g_strdup ("");
  if (n > 0 && is_object (self->value))
    return g_strdup_printf (ngettext ("%u member", "%u members", n), n);
  if (n > 0)
    return g_strdup_printf (ngettext ("%u item", "%u items", n), n);

  text = self->canonical ? dup_tagged (self->value) : NULL;
  if (text == NULL)
    text = fermata_value_to_string (self->value, FERMATA_WRITE_COMPACT, NULL);
  if (g_utf8_strlen (text, -1) > MOST_CHARS)
    {
      g_autofree char *beginning = g_utf8_substring (text, 0, MOST_CHARS);

      return g_strconcat (beginning, "…", NULL);
    }

  return g_steal_pointer (&text);
}

static void
fermata_app_datum_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  FermataAppDatum *self = FERMATA_APP_DATUM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TEXT:
      g_value_take_string (value, dup_text (self));
      break;
    case PROP_WRITER:
      g_value_set_uint64 (value, self->writer);
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fermata_app_datum_finalize (GObject *object)
{
  FermataAppDatum *self = FERMATA_APP_DATUM (object);
  GHashTableIter iter;
  gpointer child;

  g_hash_table_iter_init (&iter, self->children);
  while (g_hash_table_iter_next (&iter, NULL, &child))
    FERMATA_APP_DATUM (child)->parent = NULL;
  if (self->parent != NULL)
    g_hash_table_remove (self->parent->children, GUINT_TO_POINTER (self->index));
  g_hash_table_unref (self->children);
  g_clear_pointer (&self->value, fermata_value_unref);
  g_free (self->name);

  G_OBJECT_CLASS (fermata_app_datum_parent_class)->finalize (object);
}

static void
fermata_app_datum_class_init (FermataAppDatumClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = fermata_app_datum_get_property;
  object_class->finalize = fermata_app_datum_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_WRITER] = g_param_spec_uint64 ("writer", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_app_datum_init (FermataAppDatum *self)
{
  self->children = g_hash_table_new (NULL, NULL);
}

FermataAppDatum *
fermata_app_datum_new (const char *name)
{
  FermataAppDatum *self = g_object_new (FERMATA_TYPE_APP_DATUM, NULL);

  self->name = g_strdup (name);

  return self;
}

const char *
fermata_app_datum_get_name (FermataAppDatum *self)
{
  return self->name;
}

FermataValue *
fermata_app_datum_get_value (FermataAppDatum *self)
{
  return self->value;
}

gboolean
fermata_app_datum_is_container (FermataAppDatum *self)
{
  return n_children (self, self->value) > 0;
}

guint64
fermata_app_datum_get_writer (FermataAppDatum *self)
{
  return self->writer;
}

gboolean
fermata_app_datum_is_changed (FermataAppDatum *self)
{
  return self->changed;
}

gboolean
fermata_app_datum_is_editable (FermataAppDatum *self)
{
  return self->editable;
}

void
fermata_app_datum_set_writer (FermataAppDatum *self,
                              guint64          writer)
{
  if (self->writer == writer)
    return;

  self->writer = writer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WRITER]);
}

void
fermata_app_datum_set_editable (FermataAppDatum *self,
                                gboolean         editable)
{
  if (self->editable == editable)
    return;

  self->editable = editable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/* Before it has a value. */
void
fermata_app_datum_set_canonical (FermataAppDatum *self,
                                 gboolean         canonical)
{
  self->canonical = canonical;
}

FermataAppDatum *
fermata_app_datum_find_child (FermataAppDatum *self,
                              guint            index)
{
  return g_hash_table_lookup (self->children, GUINT_TO_POINTER (index));
}

/* Changing */

static gboolean
are_equal (FermataValue *a,
           FermataValue *b)
{
  return a == b || (a != NULL && b != NULL && fermata_value_equal (a, b));
}

static gboolean
have_same_names (FermataAppDatum *self,
                 FermataValue    *a,
                 FermataValue    *b)
{
  guint n = n_children (self, a);

  if (n != n_children (self, b) || is_object (a) != is_object (b))
    return FALSE;

  for (guint i = 0; is_object (a) && i < n; i++)
    {
      if (!g_str_equal (fermata_value_get_member_name (a, i), fermata_value_get_member_name (b, i)))
        return FALSE;
    }

  return TRUE;
}

static void
set_changed (FermataAppDatum *self,
             gboolean         changed)
{
  if (self->changed == changed)
    return;

  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

/* Rows that are no more are let go of: they belong to nobody then. */
static void
forget_children (FermataAppDatum *self)
{
  GHashTableIter iter;
  gpointer child;

  g_hash_table_iter_init (&iter, self->children);
  while (g_hash_table_iter_next (&iter, NULL, &child))
    {
      FERMATA_APP_DATUM (child)->parent = NULL;
      g_hash_table_iter_remove (&iter);
    }
}

typedef struct {
  FermataAppDatum *datum;   /* a reference */
  FermataValue *value;
} Change;

static void
push_children (GArray          *todo,
               FermataAppDatum *self,
               FermataValue    *value)
{
  GHashTableIter iter;
  gpointer index, child;

  g_hash_table_iter_init (&iter, self->children);
  while (g_hash_table_iter_next (&iter, &index, &child))
    {
      Change change = { g_object_ref (child), value_of_child (value, GPOINTER_TO_UINT (index)) };

      g_array_append_val (todo, change);
    }
}

static void
set_one (GArray          *todo,
         FermataAppDatum *self,
         FermataValue    *value)
{
  g_autoptr (FermataValue) before = self->value;
  guint n_before = n_children (self, before);
  gboolean is_changed = !are_equal (before, value);

  self->value = value == NULL ? NULL : fermata_value_ref (value);
  set_changed (self, is_changed && before != NULL);
  if (value != NULL && have_same_names (self, before, value))
    {
      push_children (todo, self, value);
    }
  else
    {
      forget_children (self);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n_children (self, value));
    }
  if (is_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

void
fermata_app_datum_set_value (FermataAppDatum *self,
                             FermataValue    *value)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Change));
  Change first = { g_object_ref (self), value };

  g_array_append_val (todo, first);
  while (todo->len > 0)
    {
      Change change = g_array_index (todo, Change, todo->len - 1);

      g_array_set_size (todo, todo->len - 1);
      set_one (todo, change.datum, change.value);
      g_object_unref (change.datum);
    }
}
