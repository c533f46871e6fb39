"""What the local AWS changes in moto: every change is a function under a decorator of `local.moto_patches.patching`.

docs/moto-patches.md lists them; it is generated from the decorators.
"""
