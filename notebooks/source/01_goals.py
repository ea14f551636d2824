# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 1. Goals: why do we want segments?
#
# **New here?** Work from top to bottom. Every answer is saved as you give it; there is no save button to forget. If nothing
# here can be clicked, choose **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show import goal_met as met
from segkit.show import goals as show
from segkit.widgets import goals as ask
from segkit.widgets import history
from segkit.widgets.data import begin

wb = open_workbook()
frame.opening(wb, "goals")

# %%
history.turn_back(wb)

# %% [markdown]
# ## The sample, or your own file?
#
# Until you bring your own file, now or in notebook 2, everything below is filled in for a made-up business, so that you can see
# what the finished thing looks like. Nothing from the sample remains once your own file is in use.

# %%
begin.begin(wb)

# %% [markdown]
# **In this notebook** you say what kind of business you run, pick one to three goals, write down what makes a good segment, and
# decide whether to segment at all.
#
# **You need** nothing but half an hour and, ideally, a colleague to disagree with.
#
# > A **segment** is a group of customers who are alike in something that matters to you, and whom you can therefore treat
# > alike.

# %% [markdown]
# ## Your business

# %%
ask.business(wb)

# %% [markdown]
# ## Your goals
#
# “Know our customers better” is a wish, not a goal. A goal says what will be different, and by how much. Pick a reason from the
# list; the workbook suggests something to measure and, where your orders allow, works out where you stand today.

# %%
show.goal_advice(wb)

# %%
ask.goals(wb)

# %% [markdown]
# ### Where we stand, and how far to aim

# %%
met.where_we_stand(wb)

# %% [markdown] tags=["report"]
# ### Why we segment

# %% tags=["report"]
show.goals(wb)

# %% [markdown]
# ## What is a good segment?
#
# Decide this **now**, before you see any result. Afterwards, everybody finds reasons for the segments they happen to like.
#
# - Some conditions every segment should meet. One that misses any is marked; you target it only with a reason, which is kept.
# - Other things make one segment more attractive than another. They are weighed against each other in notebook 5.

# %%
ask.good_segment(wb)

# %% [markdown] tags=["report"]
# ### What a segment should be

# %% tags=["report"]
show.good_segment(wb)

# %% [markdown]
# ## Does it pay?
#
# Segments cost time: first to find them, then to make every campaign several times over. The figure below tells you how much
# extra you must sell each year just to earn that back.

# %%
ask.break_even(wb)

# %% tags=["report"]
show.break_even(wb)

# %% [markdown]
# ## Should we segment at all?
#
# “Not now” is a good answer if your customers all want the same thing, if there are too few to form groups, or if nobody will
# act on the result.

# %%
ask.whether(wb)

# %% tags=["report"]
show.whether(wb)

# %% [markdown]
# ## Try it
#
# A bakery with four people writes: *“We want to know our customers better, be on more channels, and sell more.”* Which one goal
# would you keep, and how would you measure it?
#
# <details><summary>A hint</summary>Ask of each: could you tell at Christmas whether you had reached it?</details>
#
# <details><summary>One good answer</summary>“Sell more” can be made into a goal: average spend per customer per month, today
# 21, target 24 by Christmas. “Know better” and “more channels” are ways, not goals. With four people one goal is
# plenty.</details>

# %% [markdown]
# ## Check yourself
#
# - Does each goal have today's figure and a target?
# - Would a colleague know, a year from now, whether it was reached?
# - Could your conditions rule out a segment that you secretly hope for? If not, they are too soft.
#
# **You now have** goals that can be measured, and a yardstick for segments that was written down before there were any.
#
# **Next:** [2. Data: what do we know?](02_data.ipynb)
