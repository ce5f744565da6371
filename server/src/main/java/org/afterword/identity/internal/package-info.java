/** Sign-in, sessions and tokens on top of Spring Security, the tenant of a request, and the tables. */
@NullMarked
package org.afterword.identity.internal;

import org.jspecify.annotations.NullMarked;
