// SPDX-License-Identifier: MIT

/// A vendor's plugin that is only measured: the gate lets no vendor use this project's packages.
package org.searching;
