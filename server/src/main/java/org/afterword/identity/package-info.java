/**
 * Who acts, for which tenant, in which role.
 *
 * <p>Start at {@code Caller}, which every request has. Owns the tables {@code tenant}, {@code app_user} and {@code api_token}.
 */
@NullMarked
package org.afterword.identity;

import org.jspecify.annotations.NullMarked;
