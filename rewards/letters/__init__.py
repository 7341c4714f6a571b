"""反馈书: the written feedback that every team and every cadre gets (RULES U4): what it says, and the Word file of it.

A letter is an official paper of the county and is written in Chinese, whatever language the pages are read in.
"""
