/* fermata-app-addable.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-addable.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *name;
  const char *title;
  const char *icon_name;
  const char *doc;
} FermataAppStateSort;

static const FermataAppStateSort sorts[] = {
  { "state", N_("State"), "media-record-symbolic",
    N_("The machine is in it until an event leads on. States can be put into it.") },
  { "final", N_("Final state"), "media-playback-stop-symbolic",
    N_("The machine, or the state around it, is done when it is entered.") },
  { "parallel", N_("Parallel"), "view-dual-symbolic",
    N_("All the states in it are active at the same time, side by side.") },
  { "history", N_("History"), "document-open-recent-symbolic",
    N_("Goes back to the state that was last active beside it.") },
  { "deep-history", N_("Deep history"), "view-refresh-symbolic",
    N_("Goes back to what was last active beside it, however deep inside.") },
};

static void
addable_free (gpointer data)
{
  FermataAppAddable *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self->category);
  g_free (self->icon_name);
  g_free (self->doc);
  g_free (self);
}

static void
take_addable (GPtrArray  *list,
              const char *name,
              const char *title,
              const char *category,
              const char *icon_name,
              const char *doc)
{
  FermataAppAddable *self = g_new0 (FermataAppAddable, 1);

  self->name = g_strdup (name);
  self->title = g_strdup (title != NULL ? title : name);
  self->category = g_strdup (category != NULL ? category : _("Other"));
  self->icon_name = g_strdup (icon_name != NULL ? icon_name : "application-x-addon-symbolic");
  self->doc = g_strdup (doc != NULL ? doc : "");
  g_ptr_array_add (list, self);
}

GPtrArray *
fermata_app_addable_list (FermataEngine    *engine,
                          FermataGraphKind  kind)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (addable_free);
  FermataNodeCatalog *catalog;
  guint n_types;

  if (kind == FERMATA_GRAPH_KIND_FSM)
    {
      for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
        take_addable (list, sorts[i].name, _(sorts[i].title), _("States"), sorts[i].icon_name, _(sorts[i].doc));
      return list;
    }

  catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (engine));
  n_types = fermata_node_catalog_get_n_types (catalog);
  for (guint i = 0; i < n_types; i++)
    {
      const FermataNodeDescription *type = fermata_node_catalog_get_nth (catalog, i);

      take_addable (list, type->name, type->title, type->category, type->icon_name, type->doc);
    }
  return list;
}

static gboolean
has_word (const char *text,
          const char *search)
{
  const char *found = text;

  while ((found = strstr (found, search)) != NULL)
    {
      if (found == text || !g_ascii_isalnum (found[-1]))
        return TRUE;
      found++;
    }
  return FALSE;
}

guint
fermata_app_addable_match (const FermataAppAddable *self,
                           const char              *search)
{
  g_autofree char *title = g_utf8_casefold (self->title, -1);
  g_autofree char *name = g_utf8_casefold (self->name, -1);
  g_autofree char *doc = g_utf8_casefold (self->doc, -1);
  g_autofree char *wanted = g_utf8_casefold (search, -1);

  if (wanted[0] == '\0')
    return 1;
  if (strcmp (title, wanted) == 0 || strcmp (name, wanted) == 0)
    return 5;
  if (g_str_has_prefix (title, wanted) || g_str_has_prefix (name, wanted))
    return 4;
  if (has_word (title, wanted) || has_word (name, wanted))
    return 3;
  if (strstr (title, wanted) != NULL || strstr (name, wanted) != NULL)
    return 2;
  return has_word (doc, wanted) ? 1 : 0;
}

/* What is in a body before anybody has put something in: what was given is given on;
 * of branches there are two. */
typedef struct {
  const char *id;
  const char *type;
  const char *parameter;
  const char *value;
} FermataAppFirst;

static const FermataAppFirst firsts[] = {
  [FERMATA_BODY_RULE_NONE] = { "step", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_ONCE] = { "step", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_TIMEOUT] = { "work", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_ITEMS] = { "item", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_COPIES] = { "copy", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_WHILE] = { "round", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_TRY] = { "attempt", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_BRANCHES] = { "one", "set", "value", "{{input}}" },
  [FERMATA_BODY_RULE_RACE] = { "one", "set", "value", "{{input}}" },
};

static const FermataAppFirst second = { "other", "set", "value", "{{input}}" };
static const FermataAppFirst in_catch = { "handle", "log", "message", "{{error.message}}" };
static const FermataAppFirst in_finally = { "tidy", "log", "message", "Done" };

static void
add_first (FermataValueBuilder   *nodes,
           const FermataAppFirst *first)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) with = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) parameters = NULL;
  g_autoptr (FermataValue) node = NULL;

  fermata_value_builder_set_string (with, first->parameter, first->value);
  parameters = fermata_value_builder_end (with);
  fermata_value_builder_set_string (builder, "id", first->id);
  fermata_value_builder_set_string (builder, "type", first->type);
  fermata_value_builder_set (builder, "with", parameters);
  node = fermata_value_builder_end (builder);
  fermata_value_builder_add (nodes, node);
}

FermataValue *
fermata_app_addable_new_body (FermataBodyRule  rule,
                              const char      *name)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) list = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) none = fermata_value_new_empty_array ();
  g_autoptr (FermataValue) nodes = NULL;

  if (strcmp (name, "catch") == 0)
    add_first (list, &in_catch);
  else if (strcmp (name, "finally") == 0)
    add_first (list, &in_finally);
  else
    add_first (list, &firsts[rule]);
  if (rule == FERMATA_BODY_RULE_BRANCHES || rule == FERMATA_BODY_RULE_RACE)
    add_first (list, &second);
  nodes = fermata_value_builder_end (list);
  fermata_value_builder_set (builder, "nodes", nodes);
  fermata_value_builder_set (builder, "edges", none);

  return fermata_value_builder_end (builder);
}

static void
add_body (FermataValueBuilder *builder,
          FermataBodyRule      rule,
          const char          *name)
{
  g_autoptr (FermataValue) body = fermata_app_addable_new_body (rule, name);

  fermata_value_builder_set (builder, name, body);
}

static void
build_task (FermataValueBuilder *builder,
            FermataEngine       *engine,
            const char          *name)
{
  FermataNodeCatalog *catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (engine));
  const FermataNodeDescription *type = fermata_node_catalog_find (catalog, name);

  fermata_value_builder_set_string (builder, "type", name);
  if (type == NULL || type->body_rule == FERMATA_BODY_RULE_NONE)
    return;

  add_body (builder, type->body_rule, "body");
  if (type->body_rule == FERMATA_BODY_RULE_TRY)
    add_body (builder, type->body_rule, "catch");
}

static void
build_state (FermataValueBuilder *builder,
             const char          *name)
{
  if (g_str_has_suffix (name, "history"))
    fermata_value_builder_set_string (builder, "type", "history");
  else if (strcmp (name, "state") != 0)
    fermata_value_builder_set_string (builder, "type", name);
  if (strcmp (name, "deep-history") == 0)
    fermata_value_builder_set_string (builder, "history", "deep");
}

FermataValue *
fermata_app_addable_new_node (FermataEngine    *engine,
                              FermataGraphKind  kind,
                              const char       *name,
                              const char       *id)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "id", id);
  if (kind == FERMATA_GRAPH_KIND_FSM)
    build_state (builder, name);
  else
    build_task (builder, engine, name);
  return fermata_value_builder_end (builder);
}
