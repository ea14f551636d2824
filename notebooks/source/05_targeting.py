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
# Answer from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
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
# **In this notebook** you weigh the segments against each other, choose whom to serve with a plan of their own, and write that plan.
#
# **You need** the segments, and the people from marketing, sales and service who will carry it out.
#
# To choose a segment is to leave others as they are. Two targets that are served well beat five that are served alike.

# %% [markdown]
# ## Does each meet your conditions?
#
# These are the conditions that you recorded in notebook 1.

# %% tags=["report"]
show.knock_outs(wb)

# %% [markdown]
# ## Weigh them
#
# Value, growth and loyalty come from your data. Profit, ease, fit and your own position no file can tell: rate them here, 1 is weak
# and 5 is strong. What you leave open does not count. Then say whether you target the segment.

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
# Send the new message to one half of the segment, chosen at random, and the old one to the other half. The table says how many customers
# each half needs before a difference means something.

# %% tags=["report"]
show.test_size(wb)

# %% [markdown]
# ## The lists
#
# One list for each segment, for your shop or mailing program. They hold customer numbers and the segment, no names. The button writes
# them into the folder `exports` of your workspace.

# %%
export.lists(wb)

# %% tags=["report"]
show.lists(wb)

# %% [markdown]
# ## Try it
#
# Rate your position in the most attractive segment with 1, and look where its bubble goes. Would you still target it?
#
# <details><summary>A hint</summary>Attractive for whom?</details>
#
# <details><summary>One good answer</summary>A segment that others serve better is attractive to them. Unless you can change your position
# within a year, choose a smaller one in which you are strong.</details>

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
