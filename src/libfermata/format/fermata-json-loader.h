/* fermata-json-loader.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-json.h"
#include "model/fermata-loader.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_JSON_LOADER (fermata_json_loader_get_type ())

/**
 * FermataJsonLoader:
 *
 * Loads graphs from files on this machine, JSON or SCXML.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataJsonLoader, fermata_json_loader, FERMATA, JSON_LOADER, GObject)

FERMATA_EXTERN
FermataJsonLoader *fermata_json_loader_new          (void);
FERMATA_EXTERN
gsize              fermata_json_loader_get_max_size (FermataJsonLoader *self);
FERMATA_EXTERN
void               fermata_json_loader_set_max_size (FermataJsonLoader *self,
                                                     gsize              max_size);

/* Whether machines of SCXML may name files outside of their documents' folders. */
FERMATA_EXTERN
gboolean           fermata_json_loader_get_allow_outside (FermataJsonLoader *self);
FERMATA_EXTERN
void               fermata_json_loader_set_allow_outside (FermataJsonLoader *self,
                                                          gboolean           allow_outside);

/* The text alone, for whoever wants to show lines of it. */
FERMATA_EXTERN
GBytes            *fermata_json_loader_read_file    (FermataJsonLoader *self,
                                                     GFile             *file,
                                                     const char        *name,
                                                     GError           **error);

/* Until the end, whatever it is: for standard input. */
FERMATA_EXTERN
GBytes            *fermata_json_loader_read_fd      (FermataJsonLoader *self,
                                                     int                fd,
                                                     const char        *name,
                                                     GError           **error);

G_END_DECLS
