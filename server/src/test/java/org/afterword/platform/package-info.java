/** Tests of the platform, and what the tests of every module stand on. */
package org.afterword.platform;
