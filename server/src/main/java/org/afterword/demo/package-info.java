/**
 * The demo contact center: its catalog, its people and real conversations, replayed through the public HTTP API. On with
 * {@code afterword.demo.enabled}.
 *
 * <p>Start at {@code DemoProgram} and {@code DemoDriver}. Announces nothing and owns no table: it sees the product from outside,
 * as a connector does. Of the other modules it uses {@code identity}, for its first token and for who may use its controls;
 * nobody uses it.
 */
@NullMarked
package org.afterword.demo;

import org.jspecify.annotations.NullMarked;
