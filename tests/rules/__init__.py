"""Tests of what must hold across the whole house."""
