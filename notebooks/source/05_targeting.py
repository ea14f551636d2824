# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5. Targeting: whom do we serve, and how?
#
# Work from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show import goal_met as met
from segkit.show import targeting as show
from segkit.widgets import export, history
from segkit.widgets import targeting as ask

wb = open_workbook()
frame.opening(wb, "targeting")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you weigh the segments against each other, choose which to serve with a plan of their own, and write that
# plan.
#
# **You need** the segments, and the people from marketing, sales and service who will carry it out.
#
# Choosing a segment means leaving others as they are. Two targets served well beat five all served the same.

# %% [markdown]
# ## Does each meet your conditions?
#
# These are the conditions that you recorded in notebook 1.

# %% tags=["report"]
show.knock_outs(wb)

# %% [markdown]
# ## Weigh them
#
# Value, growth and loyalty come from your data. No file can tell profit, ease, fit or your own position: rate them here, where
# 1 is weak and 5 is strong. Anything you leave open does not count. Then say whether you target the segment.

# %%
ask.ratings(wb)

# %% [markdown] tags=["report"]
# ### How the segments compare

# %% tags=["report"]
show.evaluation(wb)

# %%
met.in_targets(wb)

# %%
ask.why_these(wb)

# %% [markdown]
# ## The plan for each target
#
# What do you sell them, what do you say, where do you meet them, and who does what?

# %%
ask.plans(wb)

# %% [markdown] tags=["report"]
# ### What we do for each target

# %% tags=["report"]
show.plans(wb)

# %% [markdown]
# ## Test it before you believe it
#
# Send the new message to half of the segment, chosen at random, and the old one to the other half. The table shows how many
# customers each half needs before a difference means anything.

# %% tags=["report"]
show.test_size(wb)

# %% [markdown]
# ## The lists
#
# One file per segment, for your shop or mailing software. The lists hold customer numbers and the segment, but no names. The
# button writes them to the `exports` folder of your workspace.

# %%
export.lists(wb)

# %% tags=["report"]
show.lists(wb)

# %% [markdown]
# ## Try it
#
# Give your position in the most attractive segment a 1, and see where its bubble goes. Would you still target it?
#
# <details><summary>A hint</summary>Attractive for whom?</details>
#
# <details><summary>One good answer</summary>A segment that others serve better is attractive to them. Unless you can change
# your position within a year, choose a smaller one in which you are strong.</details>

# %% [markdown]
# ## Check yourself
#
# - Does each plan name who does what?
# - Would the message make another segment shrug? Good: then it is not for everybody.
# - Do you know how you will find out whether it works?
#
# **You now have** targets, and a plan for each that marketing, sales and service can follow.
#
# **Next:** [6. Review: do they still hold?](06_review.ipynb)
