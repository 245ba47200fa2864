"""Runs a Python module that ends when the program that started it is gone: python guarded.py MODULE ARGUMENT …

That program holds the other end of file descriptor 3, which closes however it ends, also when it is killed.
"""
import os
import runpy
import signal
import sys
import threading


def end_with_starter():
    os.read(3, 1)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_starter, daemon=True).start()
module = sys.argv[1]
sys.argv = sys.argv[1:]
runpy.run_module(module, run_name="__main__", alter_sys=True)
