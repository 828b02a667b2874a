/* test-location.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a machine may name as `src`: what is in the folder of its document. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "model/fermata-documents-private.h"
#include "model/fermata-model-types.h"

/* ROOT/inside/{document,part,deep/part}, ROOT/outside/secret, and links: in, out, deep/up,
 * loop; ROOT/inside-out is not inside. */
typedef struct {
  char *root;
  GFile *document;
} Fixture;

static void
write_file (const char *root,
            const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_assert_true (g_file_set_contents (path, name, -1, NULL));
}

static void
make_link (const char *root,
           const char *name,
           const char *target)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char *const folders[] = { "inside", "inside/deep", "outside", "inside-out" };
  static const char *const files[] = {
    "inside/document", "inside/part", "inside/deep/part", "outside/secret", "inside-out/secret", "inside/a b"
  };
  g_autofree char *made = g_dir_make_tmp ("fermata-XXXXXX", NULL);
  g_autofree char *document = NULL;
  char *real = realpath (made, NULL);

  fixture->root = g_strdup (real);
  free (real);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (fixture->root, folders[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    write_file (fixture->root, files[i]);
  make_link (fixture->root, "inside/in", "deep/part");
  make_link (fixture->root, "inside/out", "../outside/secret");
  make_link (fixture->root, "inside/out-folder", "../outside");
  make_link (fixture->root, "inside/deep/up", "..");
  make_link (fixture->root, "inside/loop", "loop");
  make_link (fixture->root, "inside/dangling", "../outside/nothing");
  document = g_build_filename (fixture->root, "inside", "document", NULL);
  fixture->document = g_file_new_for_path (document);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "rm", "-r", fixture->root, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_object_unref (fixture->document);
  g_free (fixture->root);
}

/* @location: with ROOT for the folder that all is in. */
static char *
resolve (Fixture     *fixture,
         const char  *location,
         gboolean     may_leave,
         GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (location, "ROOT", -1);
  g_autofree char *whole = g_strjoinv (fixture->root, parts);
  g_autoptr (GFile) file = fermata_location_resolve_within (whole, fixture->document, may_leave, error);
  g_autofree char *path = file == NULL ? NULL : g_file_get_path (file);

  if (path == NULL)
    return NULL;
  g_assert_true (g_str_has_prefix (path, fixture->root));
  return g_strdup (path + strlen (fixture->root) + 1);
}

static void
test_allowed (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    const char *location;
    const char *path;
  } cases[] = {
    { "part", "inside/part" },
    { "./part", "inside/part" },
    { "deep/../part", "inside/part" },
    { "../inside/part", "inside/part" },
    { "deep/part", "inside/deep/part" },
    { "deep/up/part", "inside/part" },
    { "in", "inside/deep/part" },
    { "file:part", "inside/part" },
    { "file:deep/part", "inside/deep/part" },
    { "file:a%20b", "inside/a b" },
    { "a b", "inside/a b" },
    { "a%20b", "inside/a b" },
    { "p%61rt", "inside/part" },
    { "ROOT/inside/part", "inside/part" },
    { "file:ROOT/inside/part", "inside/part" },
    { "file://ROOT/inside/part", "inside/part" },
    { "file://localhostROOT/inside/part", "inside/part" },
    /* Not there; whoever reads it will say so. */
    { "nothing", "inside/nothing" },
    { "nothing/at/all", "inside/nothing/at/all" },
    { "deep/up/../outside/secret", "inside/deep/outside/secret" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = resolve (fixture, cases[i].location, FALSE, &error);

      g_test_message ("%s", cases[i].location);
      g_assert_no_error (error);
      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const locations[] = {
    "", ".", "..", "../outside/secret", "../inside-out/secret", "../document", "deep/../../outside/secret",
    "out", "out-folder/secret", "out-folder/nothing", "/etc/passwd",
    "nothing/../../outside/secret", "ROOT/outside/secret", "file:../outside/secret", "file:%2e%2e/outside/secret",
    "file:///etc/passwd", "file:/etc/passwd", "file:", "file://elsewhere/part", "file:%00", "file:%zz",
    "%2e%2e/outside/secret", "..%2foutside/secret", "%2fetc%2fpasswd", "%00/../../outside/secret",
    "http://127.0.0.1/part", "https://example.org/", "ftp://example.org/", "data:text/plain,x", "javascript:1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      g_test_message ("%s", locations[i]);
      path = resolve (fixture, locations[i], FALSE, &error);
      g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_OUTSIDE);
      g_assert_null (path);
    }
}

/* Leaving the folder may be allowed; fetching never is. */
static void
test_allowed_outside (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct {
    const char *location;
    const char *path;
  } cases[] = {
    { "../outside/secret", "outside/secret" },
    { "out", "outside/secret" },
    { "ROOT/outside/secret", "outside/secret" },
    { "file://ROOT/outside/secret", "outside/secret" },
    { "http://127.0.0.1/part", NULL },
    { "file://elsewhere/part", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = resolve (fixture, cases[i].location, TRUE, NULL);

      g_test_message ("%s", cases[i].location);
      g_assert_cmpstr (path, ==, cases[i].path);
    }
}

/* A document that has no file has no folder either. */
static void
test_without_document (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = fermata_location_resolve_within ("part", NULL, FALSE, &error);
  g_autoptr (GError) outside = NULL;
  g_autoptr (GFile) absolute = fermata_location_resolve_within (fixture->root, NULL, FALSE, &outside);
  g_autoptr (GFile) allowed = fermata_location_resolve_within (fixture->root, NULL, TRUE, NULL);

  g_assert_null (file);
  g_assert_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND);
  g_assert_null (absolute);
  g_assert_error (outside, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_OUTSIDE);
  g_assert_nonnull (allowed);
}

/* The link is followed, and what is next to what it leads to may be named. */
static void
test_document_behind_link (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->root, "inside", "deep", "up", "document", NULL);
  g_autoptr (GFile) document = g_file_new_for_path (link);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = fermata_location_resolve_within ("part", document, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (g_file_peek_path (file), "inside/part"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/location/allowed", test_allowed);
  ADD ("/location/refused", test_refused);
  ADD ("/location/allowed-outside", test_allowed_outside);
  ADD ("/location/without-document", test_without_document);
  ADD ("/location/document-behind-link", test_document_behind_link);
  return g_test_run ();
}
