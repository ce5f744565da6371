/**
 * The demo contact center: its catalog, its people and real conversations, replayed through the public HTTP API.
 *
 * <p>Announces nothing and owns no table: it sees the product from outside, as a connector does. Uses the HTTP API and
 * nothing of the other modules; nobody uses it.
 */
@NullMarked
package org.afterword.demo;

import org.jspecify.annotations.NullMarked;
