@org.jspecify.annotations.NullMarked
package org.afterword.identity.internal;
