/* fermata-app-examples.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-examples.h"

struct _FermataAppExample {
  GObject parent_instance;

  GFile *file;
  char *title;
  char *description;
  FermataGraphKind kind;
};

G_DEFINE_FINAL_TYPE (FermataAppExample, fermata_app_example, G_TYPE_OBJECT)

static void
fermata_app_example_finalize (GObject *object)
{
  FermataAppExample *self = FERMATA_APP_EXAMPLE (object);

  g_clear_object (&self->file);
  g_free (self->title);
  g_free (self->description);

  G_OBJECT_CLASS (fermata_app_example_parent_class)->finalize (object);
}

static void
fermata_app_example_class_init (FermataAppExampleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_example_finalize;
}

static void
fermata_app_example_init (FermataAppExample *self)
{
}

/* NULL for what is no graph. */
static FermataAppExample *
read_example (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  FermataAppExample *self;
  const char *name;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  graph = fermata_json_read_graph (bytes, path, NULL, NULL);
  if (graph == NULL)
    return NULL;

  self = g_object_new (FERMATA_TYPE_APP_EXAMPLE, NULL);
  self->file = g_file_new_for_path (path);
  name = fermata_graph_get_name (graph);
  self->title = name != NULL ? g_strdup (name) : g_path_get_basename (path);
  self->description = g_strdup (fermata_graph_get_description (graph));
  self->kind = fermata_graph_get_kind (graph);

  return self;
}

/* A folder beside the program, as it is installed or built. */
static char *
find_beside_program (const char *way)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname (program);
  g_autofree char *found = folder == NULL ? NULL : g_build_filename (folder, way, NULL);

  return found != NULL && g_file_test (found, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&found) : NULL;
}

static char *
find_folder (void)
{
  const char *given = g_getenv ("FERMATA_EXAMPLES");
  char *folder;

  if (given != NULL)
    return g_strdup (given);

  folder = find_beside_program ("../share/fermata/examples");
  if (folder == NULL)
    folder = find_beside_program ("../../../data/examples");
  if (folder == NULL)
    folder = g_build_filename (FERMATA_DATADIR, "fermata", "examples", NULL);

  return folder;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const FermataAppExample *one = a;
  const FermataAppExample *other = b;

  if (one->kind != other->kind)
    return one->kind == FERMATA_GRAPH_KIND_FSM ? -1 : 1;

  return g_utf8_collate (one->title, other->title);
}

GListModel *
fermata_app_examples_list (void)
{
  GListStore *examples = g_list_store_new (FERMATA_TYPE_APP_EXAMPLE);
  g_autofree char *folder = find_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (FermataAppExample) example = NULL;

      if (g_str_has_suffix (name, ".fermata.json"))
        example = read_example (path);
      if (example != NULL)
        g_list_store_insert_sorted (examples, example, compare, NULL);
    }

  return G_LIST_MODEL (examples);
}

GFile *
fermata_app_example_get_file (FermataAppExample *self)
{
  return self->file;
}

const char *
fermata_app_example_get_title (FermataAppExample *self)
{
  return self->title;
}

const char *
fermata_app_example_get_description (FermataAppExample *self)
{
  return self->description;
}

FermataGraphKind
fermata_app_example_get_kind (FermataAppExample *self)
{
  return self->kind;
}
