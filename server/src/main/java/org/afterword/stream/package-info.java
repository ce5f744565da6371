/**
 * What happens, as it happens: {@code GET /api/v1/stream}, server-sent events read from the event log.
 *
 * <p>No other module calls it. Announces nothing and owns no tables; uses {@code platform} for the log and {@code identity}
 * for who may see what. Ids are positions in the database, so that a listener resumes on any node.
 */
@NullMarked
package org.afterword.stream;

import org.jspecify.annotations.NullMarked;
